import { fetchChecksum } from './fetch';
import { readChecksums, writeChecksums } from './file';

/** How checksums are obtained. */
export interface Pinning {
  /** Whether files that have a checksum are fetched again, and held against it. */
  readonly again: boolean;
  /** Holds the checksums; without it, cluster/checksums.json. */
  readonly file?: string;
}

/**
 * Brings the file to one checksum for each URL, fetching one after another and writing after each: what was had
 * survives what was not. Checksums of URLs that nothing fetches any more go.
 * @returns a line for each file that was not to be had, or is not what it was.
 */
export async function pinChecksums(urls: readonly string[], { again, file }: Pinning): Promise<string[]> {
  const before = readChecksums(file);
  const sums = Object.fromEntries(urls.flatMap((url) => (before[url] ? [[url, before[url]]] : [])));
  writeChecksums(sums, file);
  const faults: string[] = [];
  for (const url of urls.filter((url) => again || !sums[url])) {
    try {
      const sum = await fetchChecksum(url);
      if (sums[url] === undefined) {
        sums[url] = sum;
        writeChecksums(sums, file);
        console.log(`${sum}  ${url}`);
      } else if (sums[url] !== sum) {
        faults.push(
          `${url}: sha256 is ${sum} now; expected ${sums[url]}, which was obtained before. Ask the project why a released file changed`,
        );
      }
    } catch (error) {
      faults.push(`${url}: ${(error as Error).message}; expected the file. Run this again where it can be reached`);
    }
  }
  return faults;
}

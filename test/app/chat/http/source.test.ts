import { isFromOurPage } from '../../../../app/chat/src/http/source';

const ORIGINS = new Set(['https://chat.example.com']);
const ours = 'https://chat.example.com';
const theirs = 'https://evil.example.com';

describe('a request', () => {
  it.each([
    ['says that it comes from our page', { 'sec-fetch-site': 'same-origin' }],
    ['has our origin', { origin: ours }],
    ['has both', { origin: ours, 'sec-fetch-site': 'same-origin' }],
    ['has our page as its referrer, and nothing better', { referer: `${ours}/rooms?x` }],
  ])('is taken where it %s', (_, headers) => {
    expect(isFromOurPage(headers, ORIGINS)).toBe(true);
  });

  it.each([
    ['says nothing of its source', {}],
    ['comes from another site', { 'sec-fetch-site': 'cross-site' }],
    ['comes from another host of our site', { 'sec-fetch-site': 'same-site', origin: ours }],
    ['was typed in or is a bookmark', { 'sec-fetch-site': 'none' }],
    ['has another origin', { origin: theirs }],
    ['has another origin, whatever else it says', { origin: theirs, 'sec-fetch-site': 'same-origin', referer: ours }],
    ['comes from another site with our origin', { origin: ours, 'sec-fetch-site': 'cross-site' }],
    ['has the origin of a file or a sandbox', { origin: 'null' }],
    ['has our origin over another scheme', { origin: 'http://chat.example.com' }],
    ['has our origin with something behind it', { origin: 'https://chat.example.com.evil.example.com' }],
    ['has an empty origin', { origin: '' }],
    ['has another page as its referrer', { referer: `${theirs}/?${ours}` }],
    ['has a referrer that is no address', { referer: 'chat.example.com' }],
    ['has our referrer, but comes from another site', { referer: ours, 'sec-fetch-site': 'cross-site' }],
  ])('is refused where it %s', (_, headers) => {
    expect(isFromOurPage(headers, ORIGINS)).toBe(false);
  });
});

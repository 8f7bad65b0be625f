import { findersOf, MUTANTS } from './hunt';

/** `npm run mutants`: lets every mutant loose and prints who found it. */
const rows = MUTANTS.map((mutant) => {
  const finders = findersOf(mutant.environment, mutant.mutate);
  return { ...mutant, killed: finders.includes(mutant.killedBy) };
});
console.log('| class | mutants | killed | by |\n| --- | ---: | ---: | --- |');
for (const name of [...new Set(rows.map((row) => row.class))]) {
  const own = rows.filter((row) => row.class === name);
  const by = [...new Set(own.map(({ killedBy }) => `\`${killedBy}\``))].sort();
  console.log(`| ${name} | ${own.length} | ${own.filter(({ killed }) => killed).length} | ${by.join(', ')} |`);
}
const survivors = rows.filter(({ killed }) => !killed);
console.log(`| **all** | **${rows.length}** | **${rows.length - survivors.length}** | |`);
for (const { class: of, name, killedBy } of survivors) console.error(`survived: ${of}: ${name} (${killedBy})`);
if (survivors.length > 0) process.exitCode = 1;

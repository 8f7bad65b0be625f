import { pathWith, readPrograms, SOURCES } from '../../../e2e/api/programs';

/** Prints the folders of the pinned programs as a PATH, built or not. */
console.log(
  pathWith(
    SOURCES.map((source) => readPrograms(source)),
    '',
  ),
);

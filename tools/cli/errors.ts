import { Refused } from '../parse/parse';

/** A command line that parses and still asks for something that there is not: exit code 2. */
export class UsageError extends Refused {}

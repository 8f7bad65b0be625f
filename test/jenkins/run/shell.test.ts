import { ROOT } from '../../run/stages';
import { findShell, isShell } from './shell';

describe('shell', () => {
  it.each([
    ['resources/a.sh', ''],
    ['agent/start', '#!/bin/sh'],
    ['fakes/bin/aws', '#!/usr/bin/env bash'],
    ['fakes/bin/aws', '#!/usr/bin/env -S bash -e'],
  ])('is %s that starts with "%s"', (path, line) => {
    expect(isShell(path, () => line)).toBe(true);
  });

  it.each([
    ['fakes/bin/npx', '#!/usr/bin/env node'],
    ['agent/Dockerfile', 'FROM scratch'],
    ['test/a.groovy', '#!/bin/sh'],
    ['fakes/bin/fish', '#!/usr/bin/fish'],
  ])('is not %s that starts with "%s"', (path, line) => {
    expect(isShell(path, () => line)).toBe(false);
  });

  it('of this repository is found in the library, the agent and the fakes', async () => {
    const found = await findShell(ROOT);
    expect(found).toEqual(
      expect.arrayContaining([
        'jenkins/resources/slipway/push-image.sh',
        'jenkins/agent/start.sh',
        'jenkins/test/fakes/bin/aws',
      ]),
    );
    expect(found.filter((path) => !path.startsWith('jenkins/'))).toEqual([]);
  });
});

import { lab } from '../../../cluster/specs/lab';
import { faults } from '../../support/clusters';
import { labWith } from '../../support/machine-clusters';

const nginx = { implementation: 'ingress-nginx', namespace: 'ingress-nginx', podLabels: {} } as const;

describe('an ingress controller', () => {
  it('without fixes is refused on machines', () => {
    expect(() => labWith({ ingressController: nginx })).toThrow(
      'cluster lab.ingressController.implementation: "ingress-nginx" gets no fixes since March 2026; expected `haproxytech` or `traefik`',
    );
  });

  it('without fixes may stand on a laptop', () => {
    expect(faults({ ingressController: nginx })).toEqual([]);
  });

  it.each([[[]], [['haproxy', 'internal']]])('serves one class; %j is refused', (ingressClasses) => {
    expect(() => labWith({ provides: { ingressClasses } })).toThrow('cluster lab.provides.ingressClasses: [');
  });

  it('that is not there provides none', () => {
    expect(() => labWith({ ingressController: undefined, provides: {} })).not.toThrow();
    expect(lab.ingressController).toBeDefined();
  });
});

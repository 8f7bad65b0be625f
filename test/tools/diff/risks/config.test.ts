import type { Rendered } from '../../../support/rendered';
import { drop, set } from '../edits';
import { compared, edited, named, reportOn, world } from '../world';

const why = (report: { fields: readonly { reasons: readonly { risk: string; why: string }[] }[] }) =>
  report.fields[0]?.reasons[0];

describe('a ConfigMap that changes', () => {
  it('is not read again by pods that took it into variables', () => {
    expect(why(edited('ConfigMap/env', set('data.level', 'debug')))).toEqual({
      risk: 'safe',
      why: 'running pods keep the old value until they restart: Deployment chat',
    });
  });

  it('changes files of pods that mount it', () => {
    expect(why(edited('ConfigMap/files', set('data.conf', 'b')))).toEqual({
      risk: 'safe',
      why: 'files change under running pods within a minute or two; who reads them only at its start keeps the old: DaemonSet agent',
    });
  });

  it('changes no file that was mounted by itself', () => {
    const bySubPath = (objects: Rendered[]) => {
      named(objects, 'DaemonSet/agent').spec.template.spec.containers[0].volumeMounts[1].subPath = 'conf';
      return objects;
    };
    const after = bySubPath(world());
    named(after, 'ConfigMap/files').data.conf = 'b';
    expect(why(reportOn(compared(bySubPath(world()), after), 'ConfigMap/files'))?.why).toBe(
      'running pods keep the old value until they restart: DaemonSet agent',
    );
  });

  const withTemplate = (name: string, configMap: string, key: string) => {
    const after = world();
    named(after, name).spec.template.metadata.annotations['checksum/config'] = 'def';
    named(after, configMap).data[key] = 'new';
    return why(reportOn(compared(world(), after), configMap))?.why;
  };

  it('is read where the same change restarts its readers', () => {
    expect(withTemplate('Deployment/chat', 'ConfigMap/env', 'level')).toBe(
      'Deployment chat restarts in this change and reads it then',
    );
  });

  it('is not read where a changed template waits for its pods to be deleted', () => {
    expect(withTemplate('DaemonSet/agent', 'ConfigMap/files', 'conf')).toMatch(/^files change under running pods/);
  });

  it('is read by a CronJob at its next run', () => {
    const read = (objects: Rendered[]) => {
      named(objects, 'CronJob/backup').spec.jobTemplate.spec.template.spec.containers[0].envFrom = [
        { configMapRef: { name: 'unread' } },
      ];
      return objects;
    };
    const after = read(world());
    named(after, 'ConfigMap/unread').data.a = 'c';
    expect(why(reportOn(compared(read(world()), after), 'ConfigMap/unread'))?.why).toBe(
      'CronJob backup reads it at its next run',
    );
  });

  it('is told for those that run where a CronJob reads it too', () => {
    const read = (objects: Rendered[]) => {
      const { spec } = named(objects, 'CronJob/backup').spec.jobTemplate.spec.template;
      spec.containers[0].envFrom = [{ configMapRef: { name: 'env' } }];
      return objects;
    };
    const after = read(world());
    named(after, 'ConfigMap/env').data.level = 'debug';
    expect(why(reportOn(compared(read(world()), after), 'ConfigMap/env'))?.why).toBe(
      'running pods keep the old value until they restart: Deployment chat',
    );
  });

  it('is old in variables, though a folder of the same pods follows it', () => {
    const read = (objects: Rendered[]) => {
      named(objects, 'DaemonSet/agent').spec.template.spec.containers[0].envFrom = [
        { configMapRef: { name: 'files' } },
      ];
      return objects;
    };
    const after = read(world());
    named(after, 'ConfigMap/files').data.conf = 'b';
    expect(why(reportOn(compared(read(world()), after), 'ConfigMap/files'))?.why).toMatch(/^running pods keep the old/);
  });

  it('is old in a file that was mounted by itself, though its folder is mounted too', () => {
    const read = (objects: Rendered[]) => {
      const [main] = named(objects, 'DaemonSet/agent').spec.template.spec.containers;
      main.volumeMounts.push({ name: 'tmp', mountPath: '/one', subPath: 'conf' });
      return objects;
    };
    const after = read(world());
    named(after, 'ConfigMap/files').data.conf = 'b';
    expect(why(reportOn(compared(read(world()), after), 'ConfigMap/files'))?.why).toMatch(/^running pods keep the old/);
  });

  it('that nobody reads says so', () => {
    expect(why(edited('ConfigMap/unread', set('data.a', 'c')))?.why).toBe('no pod of this set reads it');
  });

  it('keeps pods from starting where a key goes that they need', () => {
    expect(why(edited('ConfigMap/env', drop('data.level')))).toEqual({
      risk: 'restarts',
      why: 'Deployment chat needs the key and cannot start again',
    });
  });

  it('keeps nobody from starting where a key goes that nobody names', () => {
    expect(edited('ConfigMap/env', drop('data.other')).risk).toBe('safe');
  });
});

describe('an object that goes', () => {
  const gone = (name: string, prepare: (objects: Rendered[]) => void = () => {}) => {
    const before = world();
    prepare(before);
    return reportOn(
      compared(
        before,
        before.filter((object) => `${object.kind}/${object.metadata.name}` !== name),
      ),
      name,
    ).reasons;
  };

  it('keeps pods from starting that need it', () => {
    expect(gone('ConfigMap/files')).toEqual([
      { risk: 'restarts', why: 'DaemonSet agent needs it and cannot start again' },
    ]);
  });

  it('keeps pods of its account from starting', () => {
    expect(gone('ServiceAccount/chat')[0]?.why).toMatch(
      /^StatefulSet store, Deployment chat, .* needs it and cannot start again$/,
    );
  });

  it('keeps nobody from starting who may do without', () => {
    const optional = (objects: Rendered[]) => {
      named(objects, 'DaemonSet/agent').spec.template.spec.volumes[1].configMap.optional = true;
    };
    expect(gone('ConfigMap/files', optional)).toEqual([{ risk: 'safe', why: 'no pod of this set needs it' }]);
  });
});

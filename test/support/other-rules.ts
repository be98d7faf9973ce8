import type { ChargeRuleSet } from '../../src/charging/rule-set.ts';
import type { Machine } from '../../src/site/machine.ts';
import { presetMachine } from './preset-machine.ts';

/** Derecho with other rules, as after its configuration was changed. */
export function derechoWith(change: Partial<ChargeRuleSet>): Machine {
  const machine = presetMachine('derecho');
  return { ...machine, charging: { ...machine.charging, ...change } };
}

/** CPUs of whole nodes become half as many, premium dearer, and economy is called frugal. */
export function cheaperDerecho(): Machine {
  const { rules, qos } = presetMachine('derecho').charging;
  return derechoWith({
    rules: rules.map((rule) =>
      rule.cpu.per === 'node' ? { ...rule, cpu: { per: 'node', count: 64 } } : rule,
    ),
    qos: {
      default: 'frugal',
      factors: { premium: 2, regular: 1, frugal: 0.6, uncharged: 0 },
      queues: qos.queues,
    },
  });
}

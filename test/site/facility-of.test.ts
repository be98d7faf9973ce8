import { describe, expect, it } from 'vitest';
import { facilityOf } from '../../src/site/facility-of.ts';
import { NO_FACTS } from '../../src/site/machine-facts.ts';
import { presetMachine } from '../support/preset-machine.ts';

describe('facilityOf', () => {
  it.each(['derecho', 'casper'])('knows the facilities of the accounts of %s', (machine) => {
    const accounts = ['UXYZ0001', 'P35123', 'WABC1', 'CESM1', 'P93300', 'SCSG', 'NUMB1', 'none'];
    const facility = facilityOf(presetMachine(machine));
    expect(accounts.map(facility)).toEqual([
      'UNIV',
      'UNIV',
      'WNA',
      'CSL',
      'CSL',
      'CISL',
      'NCAR',
      'NCAR',
    ]);
  });

  it('takes the first glob that matches, else other', () => {
    const facility = facilityOf({
      facilities: [
        { account: 'NN12*', facility: 'Physics' },
        { account: 'NN*', facility: 'University' },
      ],
    });
    expect(['NN1234K', 'NN9', 'nn9', 'none'].map(facility)).toEqual([
      'Physics',
      'University',
      'other',
      'other',
    ]);
    expect(facilityOf(NO_FACTS)('NN9')).toBe('other');
  });
});

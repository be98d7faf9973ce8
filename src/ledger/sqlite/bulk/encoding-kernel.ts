import { Kernel } from '../../../kernel/kernel.ts';
import type { FactExports } from './fact-kernel.ts';

/** The functions of the kernel that encode a batch. Addresses and counts are whole numbers of 32 bits. */
export interface EncodingExports extends FactExports {
  layOutLeaves(
    pageSize: number,
    pages: number,
    mostPages: number,
    lastRowIds: number,
    cellStarts: number,
    cells: number,
  ): void;
  takePages(): number;
  endLongRow(firstPage: number): void;
  readonly restStart: WebAssembly.Global;
  readonly restBytes: WebAssembly.Global;
  planJobRows(
    plan: number,
    columns: number,
    texts: number,
    textColumns: number,
    mostCodedBytes: number,
  ): void;
  beginJobRows(places: number, count: number, firstRowId: number): void;
  planChargeRows(
    cpuHours: number,
    gpuHours: number,
    memoryHours: number,
    qosCodes: number,
    qosFactors: number,
    incomplete: number,
    chargeVersion: number,
  ): void;
  beginChargeRows(places: number, count: number, firstRowId: number): void;
  packRows(): number;
  writeEntries(
    places: number,
    count: number,
    firstRowId: number,
    bytes: number,
    textStarts: number,
    textLengths: number,
    submits: number,
    keys: number,
    entries: number,
  ): number;
  planOwners(
    userCodes: number,
    userIds: number,
    accountCodes: number,
    accountIds: number,
    queueCodes: number,
    queueIds: number,
  ): void;
  writeOwners(
    places: number,
    count: number,
    slots: number,
    slotCount: number,
    owners: number,
    ownerIds: number,
  ): number;
  planCells(
    cpuHours: number,
    gpuHours: number,
    memoryHours: number,
    endDays: number,
    qosCodes: number,
    qosFactors: number,
  ): void;
  writeCells(
    places: number,
    count: number,
    owners: number,
    slots: number,
    slotCount: number,
    cells: number,
  ): number;
  gatherNumbers(places: number, count: number, numbers: number, into: number): void;
  gatherDifferences(
    places: number,
    count: number,
    greater: number,
    less: number,
    into: number,
  ): void;
  gatherIds(places: number, count: number, codes: number, ids: number, into: number): void;
  gatherDays(places: number, count: number, days: number, into: number): void;
  gatherOfQos(places: number, count: number, codes: number, values: number, into: number): void;
  gatherIncomplete(places: number, count: number, flags: number, into: number): number;
  gatherSeconds(places: number, count: number, numbers: number, into: number): void;
}

export class EncodingKernel extends Kernel<EncodingExports> {}

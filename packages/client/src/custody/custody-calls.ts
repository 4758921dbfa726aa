import type { Operation } from '@byline/protocol';
import type { z } from 'zod';
import type { InputArguments } from '../api/request.ts';

/** Calls the operations of the contract, signed in. Throws `ApiError`. */
export interface CustodyCalls {
  readonly call: <Op extends Operation>(operation: Op, ...input: InputArguments<Op>) => Promise<z.output<Op['answer']>>;
}

import { Buffer } from 'node:buffer';
import { type RowFormat, Unencodable } from '../../../core/model/encoded.ts';
import { valueText } from '../../../core/model/row-text.ts';
import { isText } from './field-buffer.ts';
import { state } from './field-encoder.ts';

const invalidText = new Unencodable(state.invalidText);

/** Lines of COPY text, for tables with a type whose binary form is not known here; the server reads every type's text. */
export const textFormat: RowFormat = {
  name: 'copy-text',
  begin: new Uint8Array(0),
  between: Buffer.from('\t'),
  end: Buffer.from('\n'),
  value(_place, value) {
    const text = valueText(value);
    return isText(text) ? Buffer.from(text) : invalidText;
  },
};

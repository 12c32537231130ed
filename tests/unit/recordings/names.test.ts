import { expect, test } from 'vitest';
import { recordingFileName } from '../../../recordings/recordingFileName.ts';
import { explainStorageError, StorageError } from '../../../recordings/storageError.ts';
import { syntheticRecording } from './syntheticRecording.ts';

const { metadata } = syntheticRecording({ ticks: 1, vehicles: 0 });

test('file names tell what was driven, by whom and when, and are fit for every file system', () => {
  expect(recordingFileName(metadata)).toBe('dense-human-A-Tester-2026-11-22T090000.mcap');
  expect(recordingFileName({ ...metadata, scenarioId: 'cut-in@1?gap=12#7', driverName: '../ä/ß', startedAt: '' })).toBe(
    'cut-in-human-ä-ß.mcap',
  );
});

test('a full storage is explained with figures and what helps', () => {
  const error = explainStorageError(new DOMException('no', 'QuotaExceededError'), 'Storing the running drive', {
    used: 9.5e8,
    granted: 1e9,
  });
  expect(error).toBeInstanceOf(StorageError);
  expect(error.message).toBe(
    "Storing the running drive: the browser's storage is full (950 MB of 1000 MB used). Download recordings you want to keep and delete them from the list.",
  );
  expect(error.cause).toBeInstanceOf(DOMException);
});

test('other errors of the storage are explained, and errors of the program stay what they are', () => {
  expect(explainStorageError(new DOMException('blocked', 'SecurityError'), 'Opening')).toMatchObject({
    failure: 'unavailable',
  });
  const bug = new TypeError('x is undefined');
  expect(explainStorageError(bug, 'Opening')).toBe(bug);
});

/** Why the browser's storage failed. */
export type StorageFailure = 'full' | 'missing' | 'unavailable';

/** The browser's storage could not do what was asked; the message says what a person can do about it. */
export class StorageError extends Error {
  readonly failure: StorageFailure;

  constructor(failure: StorageFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.failure = failure;
  }
}

/** Space the browser grants, as far as it tells. */
export interface StorageUse {
  /** [bytes] */
  readonly used?: number | undefined;
  /** [bytes] */
  readonly granted?: number | undefined;
}

/** Turns what IndexedDB throws into an error that says what happened and what helps. */
export function explainStorageError(error: unknown, doing: string, use: StorageUse = {}): Error {
  if (error instanceof StorageError || !(error instanceof Error)) return error as Error;
  if (error.name === 'QuotaExceededError') {
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
    const figures =
      use.used !== undefined && use.granted !== undefined
        ? ` (${megabytes(use.used)} of ${megabytes(use.granted)} used)`
        : '';
    return new StorageError(
      'full',
      `${doing}: the browser's storage is full${figures}. Download recordings you want to keep and delete them from the list.`,
      { cause: error },
    );
  }
  if (
    ['InvalidStateError', 'SecurityError', 'UnknownError', 'AbortError', 'TransactionInactiveError'].includes(
      error.name,
    )
  ) {
    return new StorageError(
      'unavailable',
      `${doing}: the browser's storage is not available (${error.name}: ${error.message}). Private windows and blocked site data cause this.`,
      { cause: error },
    );
  }
  return error;
}

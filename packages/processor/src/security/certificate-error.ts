/** Certificates, keys or authorities can't be used; the message names the files. */
class CertificateError extends Error {
  override readonly name = 'CertificateError'
}

/** Adds the files to an error of OpenSSL, which doesn't name them. Errors of the file system do, and are left alone. */
export function certificateError(files: readonly (string | undefined)[], thrown: unknown): Error {
  const error = thrown as NodeJS.ErrnoException
  if (error.errno !== undefined) return error
  const names = files.filter((file) => file !== undefined).join(', ')
  return new CertificateError(`cannot use ${names}: ${error.message}`, { cause: error })
}

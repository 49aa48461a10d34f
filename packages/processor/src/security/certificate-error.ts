/** Certificates, keys or authorities that can't be used; the message names the files. */
class CertificateError extends Error {
  override readonly name = 'CertificateError'
}

/** Rewords what OpenSSL says, which names no file. What the file system says does, and stays. */
export function certificateError(files: readonly (string | undefined)[], thrown: unknown): Error {
  const error = thrown as NodeJS.ErrnoException
  if (error.errno !== undefined) return error
  const names = files.filter((file) => file !== undefined).join(', ')
  return new CertificateError(`cannot use ${names}: ${error.message}`, { cause: error })
}

export type ExportFormat = 'parquet' | 'csv'
export const EXPORT_FORMATS: readonly ExportFormat[] = ['parquet', 'csv']

pub struct ChunkReport;
pub enum Format { Csv }
pub fn forecast_chunk() {}
pub fn forecast_stream() {}

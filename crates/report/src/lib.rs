//! Results as PDF, Word, Excel, CSV, charts and maps.

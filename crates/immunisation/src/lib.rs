//! Immunisation schedules as data: evaluate a history, forecast what is due.

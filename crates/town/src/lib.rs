//! The use cases: each authorises, opens the transaction, calls the store and the engines, writes the audit entry.

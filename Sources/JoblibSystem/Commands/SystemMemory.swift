internal import CJoblibSystem

/// The machine's memory.
package enum SystemMemory {
    /// How many bytes programs can still have; nil where the system does not tell.
    package static var available: Int? {
        let bytes = joblib_available_memory()
        return bytes < 0 ? nil : Int(bytes)
    }

    /// How many files this process may have open at once.
    package static var descriptorLimit: Int { Int(clamping: joblib_descriptor_limit()) }
}

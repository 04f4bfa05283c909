internal import CJoblibSystem

/// The process's environment variables.
package enum Environment {
    /// The value of a variable; nil when it is not set.
    package static func value(_ name: String) -> String? {
        SystemCall.environmentValue(name)
    }

    /// All variables as they are now. Of a name that is there twice, the first counts, as for `value(_:)`.
    package static var all: [String: String] {
        var values: [String: String] = [:]
        // Safe: the table ends with a null pointer and each entry with a zero byte.
        guard var entry = unsafe joblib_environment() else { return [:] }
        while let text = unsafe entry.pointee {
            let variable = unsafe String(cString: text)
            if let equals = variable.utf8.firstIndex(of: UInt8(ascii: "=")) {
                let name = String(variable[..<equals])
                if values[name] == nil { values[name] = String(variable[variable.utf8.index(after: equals)...]) }
            }
            // Safe: the null pointer at the end was not reached yet.
            unsafe entry += 1
        }
        return values
    }
}

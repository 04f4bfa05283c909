import Foundation
import JoblibSystem

/// The variables by which a case tells its workers something before their first task.
enum CaseEnvironment {
    static func value(_ name: String) -> String? { Environment.value(name) }

    /// For workers that start from now on; `nil` takes the variable away.
    static func set(_ name: String, _ value: String?) {
        // Safe: the texts are copied, and no other thread reads the environment meanwhile.
        if let value { unsafe setenv(name, value, 1) } else { unsafe unsetenv(name) }
    }
}

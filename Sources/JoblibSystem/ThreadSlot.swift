internal import CJoblibSystem

/// One pointer for each thread: what runs on it.
package enum ThreadSlot {
    package static var value: UnsafeMutableRawPointer? {
        get { unsafe joblib_thread_slot() }
        set { unsafe joblib_set_thread_slot(newValue) }
    }
}

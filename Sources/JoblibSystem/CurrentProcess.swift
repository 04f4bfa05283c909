package enum CurrentProcess {
    package static var identifier: Int32 { 0 }
    package static var hostName: String { "" }
}

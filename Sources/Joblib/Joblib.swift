@_exported public import JoblibParallel
@_exported public import JoblibPersistence

@_exported public import JoblibParallel

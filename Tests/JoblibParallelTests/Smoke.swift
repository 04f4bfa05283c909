import Joblib
import Testing

package catalog

// RPC is a status of gRPC and Connect, with the numbers of google.rpc.Code. Zero means that the
// HTTP status decides.
type RPC uint8

// The statuses of failed calls.
const (
	RPCCanceled           RPC = iota + 1 // the caller canceled the call
	RPCUnknown                           // nothing is known about the failure
	RPCInvalidArgument                   // the request is wrong, whatever the state of the system
	RPCDeadlineExceeded                  // the call took too long
	RPCNotFound                          // what was asked for does not exist
	RPCAlreadyExists                     // what was to be created exists
	RPCPermissionDenied                  // the caller may not do that
	RPCResourceExhausted                 // a quota or a size limit is exceeded
	RPCFailedPrecondition                // the system is not in the state that the call needs
	RPCAborted                           // there is a conflict with another call
	RPCOutOfRange                        // the call goes past a valid range
	RPCUnimplemented                     // the server does not offer the call
	RPCInternal                          // the server is broken
	RPCUnavailable                       // the service does not work for now
	RPCDataLoss                          // data is lost or damaged for good
	RPCUnauthenticated                   // the caller is not signed in
)

// RPCFromHTTP returns the status of a call that means what the status of an HTTP response does. It
// follows google.rpc.Code, whose comments name an HTTP status for each; of two with the same, it is
// the more general one. Other statuses of clients are RPCFailedPrecondition, those of servers
// RPCInternal, and all that are not errors RPCUnknown.
func RPCFromHTTP(status int) RPC {
	switch status {
	case 400, 415, 422:
		return RPCInvalidArgument
	case 401:
		return RPCUnauthenticated
	case 403:
		return RPCPermissionDenied
	case 404, 410:
		return RPCNotFound
	case 405, 501:
		return RPCUnimplemented
	case 408, 504:
		return RPCDeadlineExceeded
	case 409:
		return RPCAborted
	case 413, 429, 431, 507:
		return RPCResourceExhausted
	case 416:
		return RPCOutOfRange
	case 499: // nginx's number for a client that has closed the connection
		return RPCCanceled
	case 502, 503:
		return RPCUnavailable
	}
	switch {
	case status >= 400 && status < 500:
		return RPCFailedPrecondition
	case status >= 500 && status < 600:
		return RPCInternal
	}
	return RPCUnknown
}

// HTTPStatus returns the status of an HTTP response that means the same, as google.rpc.Code says.
func (c RPC) HTTPStatus() int {
	switch c {
	case RPCCanceled:
		return 499
	case RPCInvalidArgument, RPCFailedPrecondition, RPCOutOfRange:
		return 400
	case RPCDeadlineExceeded:
		return 504
	case RPCNotFound:
		return 404
	case RPCAlreadyExists, RPCAborted:
		return 409
	case RPCPermissionDenied:
		return 403
	case RPCResourceExhausted:
		return 429
	case RPCUnimplemented:
		return 501
	case RPCUnavailable:
		return 503
	case RPCUnauthenticated:
		return 401
	}
	return 500
}

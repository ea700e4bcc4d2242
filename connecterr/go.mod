module github.com/errlingo/errlingo/connecterr

go 1.26.0

require (
	connectrpc.com/connect v1.21.1
	connectrpc.com/grpchealth v1.5.0
	github.com/errlingo/errlingo v0.0.0
	github.com/errlingo/errlingo/rpcstatus v0.0.0
	google.golang.org/genproto/googleapis/rpc v0.0.0-20260817212433-ac3dfec99bb1
	google.golang.org/protobuf v1.36.12
)

require golang.org/x/text v0.43.0 // indirect

replace (
	github.com/errlingo/errlingo => ../
	github.com/errlingo/errlingo/rpcstatus => ../rpcstatus
)

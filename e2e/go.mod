module github.com/errlingo/errlingo/e2e

go 1.26.0

require (
	connectrpc.com/connect v1.21.1
	connectrpc.com/grpchealth v1.5.0
	github.com/chromedp/cdproto v0.159.0
	github.com/chromedp/chromedp v0.23.0
	github.com/errlingo/errlingo v0.0.0
	github.com/errlingo/errlingo/connecterr v0.0.0
	github.com/errlingo/errlingo/grpcerr v0.0.0
	github.com/errlingo/errlingo/rpcstatus v0.0.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
	google.golang.org/genproto/googleapis/rpc v0.0.0-20260817212433-ac3dfec99bb1
	google.golang.org/grpc v1.85.0
	google.golang.org/protobuf v1.36.12
)

require (
	github.com/BurntSushi/toml v1.6.0
	github.com/go-json-experiment/json v0.0.0-20260213210345-44df1a37e875 // indirect
	golang.org/x/net v0.60.0 // indirect
	golang.org/x/sys v0.48.0 // indirect
	golang.org/x/text v0.43.0
)

replace (
	github.com/errlingo/errlingo => ../
	github.com/errlingo/errlingo/connecterr => ../connecterr
	github.com/errlingo/errlingo/grpcerr => ../grpcerr
	github.com/errlingo/errlingo/rpcstatus => ../rpcstatus
)

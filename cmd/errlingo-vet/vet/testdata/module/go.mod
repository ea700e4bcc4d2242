module example.com/vetted

go 1.26.0

require (
	connectrpc.com/connect v0.0.0
	github.com/errlingo/errlingo v0.0.0
	google.golang.org/grpc v0.0.0
)

require golang.org/x/text v0.43.0 // indirect

replace (
	connectrpc.com/connect => ./stubs/connect
	github.com/errlingo/errlingo => ../../../../..
	google.golang.org/grpc => ./stubs/grpc
)

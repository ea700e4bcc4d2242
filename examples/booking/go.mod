module github.com/errlingo/errlingo/examples/booking

go 1.26.0

replace (
	github.com/errlingo/errlingo => ../../
	github.com/errlingo/errlingo/bridge/database => ../../bridge/database
	github.com/errlingo/errlingo/bridge/validator => ../../bridge/validator
	github.com/errlingo/errlingo/connecterr => ../../connecterr
	github.com/errlingo/errlingo/fleet => ../../fleet
	github.com/errlingo/errlingo/fleet/cmd/errlingo-fleet => ../../fleet/cmd/errlingo-fleet
	github.com/errlingo/errlingo/grpcerr => ../../grpcerr
	github.com/errlingo/errlingo/rpcstatus => ../../rpcstatus
	github.com/errlingo/errlingo/watch => ../../watch
)

require (
	connectrpc.com/connect v1.21.1
	github.com/errlingo/errlingo v0.0.0
	github.com/errlingo/errlingo/bridge/database v0.0.0
	github.com/errlingo/errlingo/bridge/validator v0.0.0
	github.com/errlingo/errlingo/connecterr v0.0.0
	github.com/errlingo/errlingo/fleet v0.0.0
	github.com/errlingo/errlingo/grpcerr v0.0.0
	github.com/go-chi/chi/v5 v5.5.0
	github.com/go-playground/validator/v10 v10.30.6
	github.com/nats-io/nats-server/v2 v2.15.3
	github.com/nats-io/nats.go v1.55.0
	golang.org/x/text v0.43.0
	google.golang.org/grpc v1.85.0
	google.golang.org/protobuf v1.36.12
	modernc.org/sqlite v1.62.0
)

require (
	github.com/BurntSushi/toml v1.6.0 // indirect
	github.com/antithesishq/antithesis-sdk-go v0.9.0-default-no-op // indirect
	github.com/dustin/go-humanize v1.1.0 // indirect
	github.com/errlingo/errlingo/fleet/cmd/errlingo-fleet v0.0.0 // indirect
	github.com/errlingo/errlingo/rpcstatus v0.0.0 // indirect
	github.com/errlingo/errlingo/watch v0.0.0 // indirect
	github.com/fsnotify/fsnotify v1.10.1 // indirect
	github.com/gabriel-vasile/mimetype v1.4.16 // indirect
	github.com/go-playground/locales v0.14.2 // indirect
	github.com/go-playground/universal-translator v0.18.2 // indirect
	github.com/google/go-tpm v0.9.8 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/klauspost/compress v1.20.4 // indirect
	github.com/leodido/go-urn v1.5.0 // indirect
	github.com/mattn/go-isatty v0.0.24 // indirect
	github.com/minio/highwayhash v1.0.4 // indirect
	github.com/nats-io/jwt/v2 v2.8.3 // indirect
	github.com/nats-io/nkeys v0.4.17 // indirect
	github.com/nats-io/nuid v1.0.1 // indirect
	github.com/ncruces/go-strftime v1.1.0 // indirect
	github.com/remyoudompheng/bigfft v0.0.0-20230129092748-24d4a6f8daec // indirect
	github.com/rogpeppe/go-internal v1.16.0 // indirect
	github.com/spf13/cobra v1.10.2 // indirect
	github.com/spf13/pflag v1.0.9 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/crypto v0.58.0 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/net v0.60.0 // indirect
	golang.org/x/sys v0.50.0 // indirect
	golang.org/x/time v0.16.0 // indirect
	google.golang.org/genproto/googleapis/rpc v0.0.0-20260817212433-ac3dfec99bb1 // indirect
	modernc.org/libc v1.80.1 // indirect
	modernc.org/mathutil v1.7.1 // indirect
	modernc.org/memory v1.12.1 // indirect
)

tool (
	github.com/errlingo/errlingo/cmd/extract
	github.com/errlingo/errlingo/fleet/cmd/errlingo-fleet
)

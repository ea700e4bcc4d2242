module github.com/errlingo/errlingo/fleet/cmd/errlingo-fleet

go 1.26.0

require (
	github.com/errlingo/errlingo v0.0.0
	github.com/errlingo/errlingo/fleet v0.0.0
	github.com/nats-io/nats.go v1.55.0
	github.com/spf13/cobra v1.10.2
	golang.org/x/text v0.43.0
)

require (
	github.com/BurntSushi/toml v1.6.0 // indirect
	github.com/errlingo/errlingo/watch v0.0.0 // indirect
	github.com/fsnotify/fsnotify v1.10.1 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/klauspost/compress v1.20.0 // indirect
	github.com/nats-io/nkeys v0.4.16 // indirect
	github.com/nats-io/nuid v1.0.1 // indirect
	github.com/spf13/pflag v1.0.9 // indirect
	golang.org/x/crypto v0.57.0 // indirect
	golang.org/x/mod v0.41.0 // indirect
	golang.org/x/sys v0.48.0 // indirect
)

replace github.com/errlingo/errlingo => ../../../

replace github.com/errlingo/errlingo/fleet => ../../

replace github.com/errlingo/errlingo/watch => ../../../watch

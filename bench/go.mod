module github.com/errlingo/errlingo/bench

go 1.26.0

require (
	github.com/BurntSushi/toml v1.6.0
	github.com/errlingo/errlingo v0.0.0
	github.com/go-playground/locales v0.14.2
	github.com/go-playground/universal-translator v0.18.2
	github.com/leonelquinteros/gotext v1.7.2
	github.com/nicksnyder/go-i18n/v2 v2.7.0
	golang.org/x/text v0.43.0
)

require (
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/rogpeppe/go-internal v1.16.0 // indirect
	github.com/spf13/cobra v1.10.2 // indirect
	github.com/spf13/pflag v1.0.9 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/mod v0.41.0 // indirect
	golang.org/x/sys v0.48.0 // indirect
)

replace github.com/errlingo/errlingo => ../

tool (
	github.com/errlingo/errlingo/cmd/extract
	github.com/nicksnyder/go-i18n/v2/goi18n
)

module github.com/errlingo/errlingo/cmd/errlingo-vet

go 1.26.0

require (
	github.com/errlingo/errlingo v0.0.0
	github.com/golangci/plugin-module-register v0.1.2
	golang.org/x/tools v0.52.0
)

require (
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace github.com/errlingo/errlingo => ../../

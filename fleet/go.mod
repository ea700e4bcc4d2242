module github.com/errlingo/errlingo/fleet

go 1.26.0

require (
	github.com/errlingo/errlingo v0.0.0
	golang.org/x/text v0.43.0
)

require github.com/BurntSushi/toml v1.6.0 // indirect

replace github.com/errlingo/errlingo => ../

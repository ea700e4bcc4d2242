module example.com/cafe

go 1.26.0

require github.com/errlingo/errlingo v0.0.0

require golang.org/x/text v0.43.0 // indirect

replace github.com/errlingo/errlingo => ../../../..

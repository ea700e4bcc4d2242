package rules

import "github.com/errlingo/errlingo/catalog"

// WrongFormat: what was entered is not in a format that has a name in all languages.
var WrongFormat = Domain.Define(801, "WRONG_FORMAT", catalog.Spec{
	Title:  "Wrong format",
	Detail: "Use the format {{.Format}}, for example {{.Example}}.",
	Params: catalog.Params{
		Field, catalog.Public(Format), catalog.Public(catalog.Literal("Example", `["red", "green"]`)),
	},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotLikeExample: what was entered is not in the form that an example shows.
var NotLikeExample = Domain.Define(802, "NOT_LIKE_EXAMPLE", catalog.Spec{
	Title:  "Wrong form",
	Detail: "Enter this in the same form as here: {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "caf%C3%A9"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotHash: what was entered is not a hash in hexadecimal notation with as many digits as are
// needed.
var NotHash = Domain.Define(803, "NOT_HASH", catalog.Spec{
	Title:  "Not a hash",
	Detail: "Enter {{.Length}} characters, each a digit or a letter from a to f.",
	Plural: catalog.Plural{By: Length, One: "Enter one character, a digit or a letter from a to f."},
	Params: catalog.Params{Field, catalog.Public(Length)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotHostName: what was entered is not the name of a host.
var NotHostName = Domain.Define(804, "NOT_HOST_NAME", catalog.Spec{
	Title:  "Not a host name",
	Detail: "Enter a host name, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "www.example.com"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotHostLabel: what was entered is not one of the parts, between dots, of a host's name.
var NotHostLabel = Domain.Define(805, "NOT_HOST_LABEL", catalog.Spec{
	Title:  "Not a part of a host name",
	Detail: "Enter one part of a host name, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "www"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotHostAndPort: what was entered is not the name of a host with a port.
var NotHostAndPort = Domain.Define(806, "NOT_HOST_AND_PORT", catalog.Spec{
	Title:  "Host name or port not valid",
	Detail: "Enter a host name and a port, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "www.example.com:8080"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotIPAddress: what was entered is not an IP address.
var NotIPAddress = Domain.Define(807, "NOT_IP_ADDRESS", catalog.Spec{
	Title:  "Not an IP address",
	Detail: "Enter an IP address, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "192.0.2.1"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotIPAddressAndPort: what was entered is not an IP address with a port.
var NotIPAddressAndPort = Domain.Define(808, "NOT_IP_ADDRESS_AND_PORT", catalog.Spec{
	Title:  "IP address or port not valid",
	Detail: "Enter an IP address and a port, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "192.0.2.1:8080"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotNetwork: what was entered is not the address of a network.
var NotNetwork = Domain.Define(809, "NOT_NETWORK", catalog.Spec{
	Title:  "Not a network",
	Detail: "Enter the address of a network, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "192.0.2.0/24"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotSocket: what was entered is not the path of a Unix domain socket.
var NotSocket = Domain.Define(810, "NOT_SOCKET", catalog.Spec{
	Title:  "Not a socket",
	Detail: "Enter the path of a socket, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "/run/shop.sock"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotWalletAddress: what was entered is not an address of a cryptocurrency.
var NotWalletAddress = Domain.Define(811, "NOT_WALLET_ADDRESS", catalog.Spec{
	Title:  "Not an address for payments",
	Detail: "Enter an address for {{.Currency}}, such as {{.Example}}.",
	Params: catalog.Params{
		Field, catalog.Public(Currency),
		catalog.Public(catalog.Literal("Example", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")),
	},
	HTTP:   422,
	Action: catalog.ActionFix,
})

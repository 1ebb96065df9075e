using System.Net;
using System.Net.Sockets;

namespace BlazorAgents.OpenAI.Providers;

/// <summary>Which addresses no provider can have. Private networks are legitimate: people run model servers there.</summary>
/// <remarks>
/// What answers at the addresses below hands out a cloud machine's own credentials to whoever asks from inside. The check is made when
/// connecting, so that no name and no change of a name gets around it.
/// </remarks>
public static class ProviderAddresses
{
    // The services for metadata that are not link-local: AWS over IPv6, Alibaba, Azure's host agent, Oracle.
    private static readonly IPAddress[] s_metadata =
    [
        IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("100.100.100.200"), IPAddress.Parse("168.63.129.16"), IPAddress.Parse("192.0.0.192"),
    ];

    /// <summary>True for link-local addresses and the known metadata services, also inside an IPv6 address.</summary>
    public static bool IsRefused(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var inner = Unwrap(address);
        return inner.IsIPv6LinkLocal || s_metadata.Contains(inner)
            || (inner.AddressFamily == AddressFamily.InterNetwork && inner.GetAddressBytes() is [169, 254, ..]);
    }

    /// <summary>True for a host that is written as a refused address.</summary>
    public static bool IsRefused(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return IPAddress.TryParse(HostOf(address), out var written) && IsRefused(written);
    }

    /// <summary>The host as it is looked up, without brackets; null when it is no valid name.</summary>
    public static string? HostOf(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            return address.IdnHost.Trim('[', ']');
        }
        catch (UriFormatException)
        {
            return null; // the rules for international names are applied only when the host is asked for
        }
    }

    /// <summary>Connects a socket to the first address of the host that is allowed and answers.</summary>
    /// <exception cref="RefusedAddressException">All addresses of the host are refused.</exception>
    internal static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host.Trim('[', ']');
        var found = IPAddress.TryParse(host, out var written) ? [written] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = Array.FindAll(found, address => !IsRefused(address));

        // Behind a proxy the socket goes to the proxy, and only the request says where it is meant to arrive.
        if (allowed.Length == 0 || (context.InitialRequestMessage.RequestUri is { } target && IsRefused(target)))
        {
            throw new RefusedAddressException(host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // IPv4 addresses travel inside IPv6 ones: mapped, NAT64 (64:ff9b::/96) and 6to4 (2002::/16).
    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address.GetAddressBytes() switch
        {
            [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, .. var last] => new IPAddress(last),
            [0x20, 0x02, var a, var b, var c, var d, ..] => new IPAddress([a, b, c, d]),
            _ => new IPAddress(address.GetAddressBytes()), // without its zone
        };
    }
}

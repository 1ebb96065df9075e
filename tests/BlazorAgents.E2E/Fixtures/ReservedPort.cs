using System.Net;
using System.Net.Sockets;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>
/// A loopback port that stays free while an application restarts: below those that the system hands out for 0 and for connections, and kept
/// from other test runs of this machine by the datagram socket of the same number, which nobody needs and which ends with its process.
/// </summary>
internal sealed class ReservedPort : IDisposable
{
    private const int First = 21_000;
    private const int Count = 10_000;

    private static int s_last = Environment.ProcessId;

    private readonly Socket _mark;

    private ReservedPort(int number, Socket mark) => (Number, _mark) = (number, mark);

    public int Number { get; }

    /// <summary>The next port that nobody has.</summary>
    public static ReservedPort Take()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var address = new IPEndPoint(IPAddress.Loopback, First + (int)((uint)Interlocked.Increment(ref s_last) % Count));
            if (TryBind(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp), address) is not { } mark)
            {
                continue;
            }

            if (TryBind(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), address) is { } probe)
            {
                probe.Dispose();
                return new ReservedPort(address.Port, mark);
            }

            mark.Dispose();
        }

        throw new InvalidOperationException("No port is free.");
    }

    public void Dispose() => _mark.Dispose();

    private static Socket? TryBind(Socket socket, IPEndPoint address)
    {
        try
        {
            socket.Bind(address);
            return socket;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }
}

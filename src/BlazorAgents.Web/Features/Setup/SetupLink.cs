using System.Security.Cryptography;
using System.Text;

namespace BlazorAgents.Web.Features.Setup;

/// <summary>The link that makes the first administrator: new at each start, valid once and for a day. Only the token's hash is kept.</summary>
public sealed class SetupLink(TimeProvider clock)
{
    /// <summary>How long the link works after the server's start.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private State? _state;

    /// <summary>Makes a new token of 256 random bits; one made before does not work any more.</summary>
    public string Open()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Volatile.Write(ref _state, new State(Hash(token), clock.GetUtcNow() + Lifetime));
        return token;
    }

    /// <summary>Whether <paramref name="token"/> is the one of the open link.</summary>
    public bool Accepts(string? token) =>
        Volatile.Read(ref _state) is { } state
        && token is { Length: > 0 and <= 256 }
        && clock.GetUtcNow() < state.ExpiresAt
        && CryptographicOperations.FixedTimeEquals(Hash(token), state.Hash);

    /// <summary>Ends the link: the administrator is made.</summary>
    public void Close() => Volatile.Write(ref _state, null);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private sealed record State(byte[] Hash, DateTimeOffset ExpiresAt);
}

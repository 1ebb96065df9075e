using System.ClientModel;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Errors;

/// <summary>Turns whatever the SDK throws into an <see cref="AgentException"/> that says what to do.</summary>
/// <param name="profile">The provider, as people know it.</param>
/// <param name="redactor">Takes the key out of texts.</param>
/// <param name="time">The clock of Retry-After.</param>
/// <param name="notFoundHint">What else a 404 without an error object may mean, with a space before it.</param>
public sealed class ErrorTranslator(ProviderProfile profile, SecretRedactor redactor, TimeProvider time, string notFoundHint = "")
{
    /// <summary>A conversation takes one request at a time.</summary>
    internal const string ConversationLocked =
        "Another answer is still being written in this conversation. Wait until it ends or stop it, then send the message again.";

    /// <summary>The same for an interface that not every server has.</summary>
    public ErrorTranslator For(ClientType type) => type == ClientType.Chat
        ? this
        : new ErrorTranslator(profile, redactor, time, $" If this server has no {(type == ClientType.AssistantsApi ? "Assistants" : "Responses")} API, use the Chat client.");

    private string Name => profile.DisplayName;

    private string Host => profile.Endpoint.Authority;

    /// <summary>
    /// The agent layer's form of <paramref name="exception"/>. <paramref name="streaming"/> is true once the answer had begun.
    /// The caller's own cancellation is not an error and must not come here.
    /// </summary>
    public AgentException Translate(Exception exception, bool streaming = false)
    {
        var cause = Unwrap(exception);
        var translated = cause switch
        {
            AgentException known => known,
            ClientResultException { Status: > 0 } failed => FromStatus(failed),
            OperationCanceledException or TimeoutException => Make(
                AgentErrorKind.Timeout, $"{Name} did not answer in time. Try again in a moment."),
            JsonException or FormatException => Make(
                AgentErrorKind.BadResponse, $"The answer from {Host} is not what a chat API sends. Check that {profile.EndpointSetting} points to an OpenAI-compatible API, with its version path (/v1)."),
            ArgumentOutOfRangeException or InvalidOperationException or KeyNotFoundException => Make(
                AgentErrorKind.BadResponse, $"{Name} sent an answer with a value that this version does not know. Try again, or use another model."),
            _ => FromNetwork(cause, streaming),
        };
        return WithCause(translated, exception);
    }

    /// <summary>An error object that came inside a successful answer.</summary>
    public AgentException FromBody(ReadOnlyMemory<byte> json, bool streaming)
    {
        return FromError(ProviderError.Read(json), streaming);
    }

    /// <summary>An error that came as an event of a stream, or as the end of an answer.</summary>
    public AgentException FromCode(string? code, string? message, bool streaming) =>
        FromError(new ProviderError(message, null, code, null), streaming);

    /// <summary>Somebody cancelled the answer on the server.</summary>
    public AgentException Cancelled() => new(
        AgentErrorKind.BadResponse, $"The answer was cancelled at {Name}. Ask again if it is still wanted.");

    private AgentException FromError(ProviderError error, bool streaming)
    {
        var status = int.TryParse(error.Code, out var number) ? number : 0;
        var kind = Classify(status, error);
        if (kind == AgentErrorKind.BadResponse && !error.IsAboutInput && (status == 0 || error.Is("server_error")))
        {
            kind = AgentErrorKind.Unavailable;
        }

        return new AgentException(kind, Explain(kind, status, error))
        {
            BrokeMidStream = streaming,
            IsRetryPointless = error.Is("insufficient_quota"),
        };
    }

    /// <summary>The stream ended, but the answer did not.</summary>
    public AgentException Incomplete() => new(
        AgentErrorKind.Unavailable, $"The connection to {Name} ended before the answer was complete.") { BrokeMidStream = true };

    /// <summary>The message of an error body: on one line, without the key, at most 300 characters; empty if it has none.</summary>
    internal string Quote(ReadOnlyMemory<byte> body) => Quote(ProviderError.Read(body));

    /// <summary>The body of a failed call; empty if it was not kept.</summary>
    internal static ReadOnlyMemory<byte> BodyOf(ClientResultException failed)
    {
        try
        {
            return failed.GetRawResponse()?.Content.ToMemory() ?? default;
        }
        catch (InvalidOperationException)
        {
            return default; // the body was not buffered
        }
    }

    private AgentException FromStatus(ClientResultException failed)
    {
        var response = failed.GetRawResponse();
        var error = ProviderError.Read(BodyOf(failed));
        var kind = Classify(failed.Status, error);
        return new AgentException(kind, Explain(kind, failed.Status, error))
        {
            RetryAfter = response is null ? null : RetryAfterHeader.Read(response.Headers, time.GetUtcNow()),
            IsRetryPointless = error.Is("insufficient_quota"),
        };
    }

    private static AgentErrorKind Classify(int status, ProviderError error) => (status, error) switch
    {
        _ when error.Is(
            "content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation", "image_content_policy_violation", "bio_policy", "invalid_prompt") => AgentErrorKind.ContentFilter,
        _ when error.Is("context_length_exceeded", "string_above_max_length") || error.Says("maximum context length")
            || error.Says("context window") => AgentErrorKind.ContextTooLong,
        (413, _) => AgentErrorKind.ContextTooLong,
        _ when error.Is("model_not_found", "DeploymentNotFound") => AgentErrorKind.ModelNotFound,
        _ when error.IsAboutThread => AgentErrorKind.ThreadNotFound,
        (401 or 403, _) => AgentErrorKind.Authentication,
        _ when error.Is("invalid_api_key", "authentication_error") => AgentErrorKind.Authentication,
        (404, _) when error.IsAboutInput => AgentErrorKind.BadResponse,
        (404, _) => AgentErrorKind.ModelNotFound,
        (429, _) => AgentErrorKind.RateLimited,
        _ when error.Is("rate_limit_exceeded", "insufficient_quota") => AgentErrorKind.RateLimited,
        (408 or 504, _) => AgentErrorKind.Timeout,
        _ when error.Is("vector_store_timeout") => AgentErrorKind.Timeout,
        (>= 500, _) => AgentErrorKind.Unavailable,
        _ => AgentErrorKind.BadResponse,
    };

    private string Explain(AgentErrorKind kind, int status, ProviderError error) => kind switch
    {
        AgentErrorKind.ContentFilter => $"{Name} refused this content because of its safety rules. Rephrase the message.",
        AgentErrorKind.ContextTooLong => "The conversation is too long for this model. Start a new conversation, or send less text.",
        AgentErrorKind.ModelNotFound => $"{Name} does not know this model or deployment. Check {profile.ModelSetting} and {profile.EndpointSetting}.{(error == ProviderError.Empty ? notFoundHint : string.Empty)}",
        AgentErrorKind.ThreadNotFound =>
            $"{Name} no longer has this conversation. Start a new conversation, or continue this one with the history that is kept here.",
        AgentErrorKind.Authentication when status == 403 => $"{Name} denied access. Check that {KeyOrIdentity} may use this model.",
        AgentErrorKind.Authentication => $"{Name} refused the credentials. Check {KeyOrIdentity}.",
        AgentErrorKind.RateLimited when error.Is("insufficient_quota") =>
            $"The quota of the {Name} account is used up. Check its plan and billing, or change {profile.KeySetting}.",
        AgentErrorKind.RateLimited => $"{Name} is receiving too many requests. Wait a moment and try again.",
        AgentErrorKind.Timeout => $"{Name} took too long to answer. Try again in a moment.",
        AgentErrorKind.Unavailable => $"{Name} has a problem at the moment{(status > 0 ? $" (HTTP {status})" : string.Empty)}. Try again in a moment.",
        _ when error.Is("conversation_locked") => ConversationLocked,
        _ => $"{Name} rejected the request{(status > 0 ? $" (HTTP {status})" : string.Empty)}{Detail(error)}. Check the agent's settings and tools.",
    };

    private string KeyOrIdentity => profile is { Kind: ProviderKind.AzureOpenAI, Name: null }
        ? "AZURE_OPENAI_API_KEY, or the identity's role when no key is set,"
        : profile.KeySetting;

    private string Detail(ProviderError error) => Quote(error) is { Length: > 0 } text ? $": {text}" : string.Empty;

    private string Quote(ProviderError error)
    {
        var text = redactor.Redact(error.Message ?? string.Empty).ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return text.Length > 300 ? text[..300] + "…" : text;
    }

    private AgentException FromNetwork(Exception cause, bool streaming)
    {
        if (streaming)
        {
            return new AgentException(AgentErrorKind.Unavailable, $"The connection to {Name} broke while the answer was being sent.") { BrokeMidStream = true };
        }

        var chain = Chain(cause).ToList();
        if (chain.OfType<RefusedAddressException>().FirstOrDefault() is { } refused)
        {
            return Make(AgentErrorKind.Unavailable, $"{refused.Message} Check {profile.EndpointSetting}.");
        }

        if (chain.OfType<AuthenticationException>().Any())
        {
            return Make(AgentErrorKind.Unavailable, $"No secure connection to {Host}: its certificate or TLS setup was not accepted. Check {profile.EndpointSetting}.");
        }

        return chain.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => Make(
                AgentErrorKind.Unavailable, $"The host {Host} was not found. Check {profile.EndpointSetting} and the network."),
            SocketError.ConnectionRefused => Make(
                AgentErrorKind.Unavailable, $"Nothing answers at {Host} (connection refused). Check {profile.EndpointSetting} and that the server runs."),
            _ => Make(AgentErrorKind.Unavailable, $"{Name} cannot be reached at {Host}. Check the network and {profile.EndpointSetting}."),
        };
    }

    private static AgentException Make(AgentErrorKind kind, string message) => new(kind, message);

    private AgentException WithCause(AgentException error, Exception cause) => ReferenceEquals(error, cause)
        ? error
        : new AgentException(error.Kind, redactor.Redact(error.Message), redactor.Redact(cause))
        {
            RetryAfter = error.RetryAfter,
            IsRetryPointless = error.IsRetryPointless,
            BrokeMidStream = error.BrokeMidStream,
        };

    /// <summary>The SDK wraps network faults in aggregates and in results without a status.</summary>
    private static Exception Unwrap(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions.Count: > 0 } many => Unwrap(many.InnerExceptions[^1]),
        ClientResultException { Status: 0, InnerException: { } inner } => Unwrap(inner),
        _ => exception,
    };

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}

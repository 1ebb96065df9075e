using System.ClientModel;
using System.Text.Json;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Errors;

namespace BlazorAgents.OpenAI.Probe;

/// <summary>Says in plain words what a failed test means: the provider cannot, or this time it could not be told.</summary>
internal sealed class ProbeWords(ErrorTranslator errors)
{
    /// <summary>The meaning of an HTTP status that is not a success.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The answer's body, or what was read of it.</param>
    public ProbeOutcome FromStatus(int status, ReadOnlyMemory<byte> body)
    {
        var said = errors.Quote(body);
        var error = ProviderError.Read(body);
        var text = said.Length == 0 ? $" The server answers {status}." : $" The server answers {status}: {said}.";
        return status switch
        {
            401 => new ProbeOutcome(CapabilitySupport.Unknown, "The server refused the key." + text, IsFinal: true),
            403 => ProbeOutcome.Unknown("The key may not use it." + text),
            _ when error.Is("model_not_found", "DeploymentNotFound") => ProbeOutcome.Unknown("The server does not know the model." + text),
            404 or 405 or 501 => ProbeOutcome.No($"The server answers {status} ({StatusWords(status)})."),
            410 => ProbeOutcome.No("The server answers 410 (switched off)."),
            429 => ProbeOutcome.Unknown("The server asks to slow down, or the quota is used up; test again later." + text),
            408 or 504 => ProbeOutcome.Unknown("The server took too long." + text),
            >= 500 => ProbeOutcome.Unknown("The server failed." + text),
            >= 300 and < 400 => ProbeOutcome.No($"The server redirects ({status}) to another address, which is not followed. Enter that address."),
            _ => ProbeOutcome.No("The server refused the request." + text),
        };
    }

    /// <summary>The meaning of a fault.</summary>
    public ProbeOutcome FromException(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case ProbeException known:
                    return known.Outcome;
                case ClientResultException { Status: > 0 } failed:
                    return FromStatus(failed.Status, ErrorTranslator.BodyOf(failed));
                case JsonException:
                    return NotTheWire();
            }
        }

        var told = errors.Translate(exception);
        return told.Kind switch
        {
            AgentErrorKind.Authentication => new ProbeOutcome(CapabilitySupport.Unknown, told.Message, IsFinal: true),
            AgentErrorKind.Unavailable when !told.BrokeMidStream => new ProbeOutcome(CapabilitySupport.Unknown, told.Message, IsFinal: true),
            AgentErrorKind.BadResponse => ProbeOutcome.No(told.Message),
            _ => ProbeOutcome.Unknown(told.Message),
        };
    }

    /// <summary>The answer is something else than an OpenAI API sends.</summary>
    public static ProbeOutcome NotTheWire() => ProbeOutcome.No("The answer is not what an OpenAI API sends.");

    private static string StatusWords(int status) => status switch
    {
        404 => "not found",
        405 => "not allowed",
        _ => "not implemented",
    };
}

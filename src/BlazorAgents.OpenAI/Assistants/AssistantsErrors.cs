using System.ClientModel;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using Sdk = OpenAI.Assistants;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>The faults that only the Assistants API has; the rest goes to the <see cref="ErrorTranslator"/>.</summary>
internal sealed class AssistantsErrors(ErrorTranslator errors, ProviderProfile profile)
{
    private string Name => profile.DisplayName;

    /// <summary>The agent layer's form of <paramref name="exception"/> for a call about <paramref name="threadId"/>.</summary>
    public AgentException Translate(Exception exception, string? threadId, bool streaming = false)
    {
        if (exception is not ClientResultException { Status: > 0 } failed)
        {
            return errors.Translate(exception, streaming);
        }

        var error = Read(failed);
        return (failed.Status, error) switch
        {
            (404, _) when threadId is not null && (error.Says("no thread found") || error.Says(threadId)) => ThreadNotFound(threadId, exception),
            (404, _) when error.Says("no assistant found") => new AgentException(
                AgentErrorKind.BadResponse, $"{Name} does not know this assistant any more. Choose another one in the agent's settings.", exception),
            _ when IsRetired(failed.Status, error) => Retired(exception),
            _ when IsThreadBusy(failed.Status, error) => new AgentException(
                AgentErrorKind.BadResponse,
                "Another answer is still being written in this thread. Wait until it ends or stop it, then send the message again; one that was left waiting expires after ten minutes.",
                exception),
            (400, _) when error.Says("do not accept tool outputs") => NotWaiting(exception),
            _ => errors.Translate(exception, streaming),
        };
    }

    public AgentException Incomplete() => errors.Incomplete();

    public AgentException ThreadNotFound(string threadId, Exception? cause = null) => new(
        AgentErrorKind.ThreadNotFound,
        $"{Name} does not know the thread {Short(threadId)}. It was deleted, has expired or belongs to another account. Start a new conversation.",
        cause);

    /// <summary>An id of another wire, which no server of this one can know.</summary>
    public static AgentException ForeignThread(string threadId) => new(
        AgentErrorKind.ThreadNotFound,
        $"{Short(threadId)} is not a thread of the Assistants API: it belongs to the Responses or Assistants client type. Use that one, or start a new conversation.");

    /// <summary>Tool results came, but no run waits for them.</summary>
    public static AgentException NotWaiting(Exception? cause = null) => new(
        AgentErrorKind.Timeout,
        "The answer does not wait for these tool results any more: it was cancelled, or expired after ten minutes. Send the message again.",
        cause)
    {
        IsRetryPointless = true,
    };

    /// <summary>How a run that did not complete ended.</summary>
    public AgentException FromRun(Sdk.ThreadRun run, bool hasContent)
    {
        if (run.Status == Sdk.RunStatus.Expired)
        {
            return new AgentException(AgentErrorKind.Timeout, $"{Name} gave the answer up: it took longer than ten minutes. Send the message again.")
            {
                BrokeMidStream = hasContent,
                IsRetryPointless = true,
            };
        }

        if (run.Status == Sdk.RunStatus.Incomplete)
        {
            return new AgentException(
                AgentErrorKind.ContextTooLong, "The conversation is too long for this model. Start a new conversation, or send less text.");
        }

        if (run.Status != Sdk.RunStatus.Failed)
        {
            return errors.Cancelled();
        }

        return errors.FromCode(run.LastError?.Code.ToString() ?? "server_error", run.LastError?.Message, hasContent);
    }

    /// <summary>True when the server says that it does not know this assistant.</summary>
    public static bool IsAssistantGone(ClientResultException failed, string assistantId) =>
        failed.Status == 404 && Read(failed) is var error && (error.Says("no assistant found") || error.Says(assistantId));

    /// <summary>True when the server says that another run still holds the thread.</summary>
    public static bool IsThreadBusy(ClientResultException failed) => IsThreadBusy(failed.Status, Read(failed));

    private static bool IsThreadBusy(int status, ProviderError error) =>
        status == 400 && (error.Says("active run") || (error.Says("while a run") && error.Says("is active")));

    private AgentException Retired(Exception cause) => new(
        AgentErrorKind.InterfaceRetired,
        $"{Name} has no Assistants API at {profile.Endpoint.Authority}: OpenAI switched it off on 2026-08-26. Choose the client type Assistants (over Conversations) for this agent instead.",
        cause);

    private static bool IsRetired(int status, ProviderError error) => status switch
    {
        410 => true,
        404 => !error.Is("model_not_found", "DeploymentNotFound") && !(error.Says("no ") && error.Says(" found")),
        _ => error.Says("assistants api") && (error.Says("sunset") || error.Says("retired") || error.Says("no longer") || error.Says("shut down") || error.Says("deprecated")),
    };

    private static ProviderError Read(ClientResultException failed)
    {
        try
        {
            return failed.GetRawResponse()?.Content is { } content ? ProviderError.Read(content.ToMemory()) : ProviderError.Empty;
        }
        catch (InvalidOperationException)
        {
            return ProviderError.Empty; // the body was not buffered
        }
    }

    private static string Short(string id) => id.Length > 80 ? id[..80] + "…" : id;
}

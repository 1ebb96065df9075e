using System.ClientModel;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenAI;
using Sdk = OpenAI.Assistants;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>
/// Deletes assistants that a process made and could not delete any more: it was killed. It touches only those that carry this
/// application's metadata, and of these only what a process of this machine left that is gone, or what is older than a given age.
/// </summary>
/// <param name="client">The SDK's client.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets what was deleted, and why nothing was.</param>
/// <param name="maxAge">The age from which another machine's assistants count as leaked; null is a day.</param>
public sealed class AssistantJanitor(OpenAIClient client, TimeProvider time, ILogger logger, TimeSpan? maxAge = null)
{
    private readonly Sdk.AssistantClient _client = client.GetAssistantClient();
    private readonly TimeSpan _maxAge = maxAge ?? TimeSpan.FromDays(1);

    /// <summary>Looks once. Best effort: fails only when cancelled.</summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> CleanUpAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        try
        {
            foreach (var id in await FindLeakedAsync(cancellationToken))
            {
                deleted += await DeleteAsync(id, cancellationToken) ? 1 : 0;
            }
        }
#pragma warning disable CA1031 // best effort: the next start looks again
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            AssistantsLog.JanitorFailed(logger, exception);
        }

        return deleted;
    }

    /// <summary>All of them first: deleting while paging would lose the page's mark.</summary>
    private async Task<List<string>> FindLeakedAsync(CancellationToken cancellationToken)
    {
        var leaked = new List<string>();
        await foreach (var assistant in _client.GetAssistantsAsync(new Sdk.AssistantCollectionOptions { PageSizeLimit = 100 }, cancellationToken))
        {
            if (IsLeaked(assistant.Metadata))
            {
                leaked.Add(assistant.Id);
            }
        }

        return leaked;
    }

    private bool IsLeaked(IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata?.GetValueOrDefault(AssistantOwner.OwnerKey) is not { } text || AssistantOwner.Parse(text) is not { } owner)
        {
            return false;
        }

        return owner.IsGone() ?? (
            long.TryParse(metadata.GetValueOrDefault(AssistantOwner.CreatedKey), NumberStyles.None, CultureInfo.InvariantCulture, out var created)
            && time.GetUtcNow().ToUnixTimeSeconds() - created > _maxAge.TotalSeconds);
    }

    private async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await _client.DeleteAssistantAsync(id, cancellationToken);
            AssistantsLog.LeakedDeleted(logger, id);
            return true;
        }
        catch (ClientResultException gone) when (gone.Status == 404)
        {
            return false; // another instance's janitor was faster
        }
#pragma warning disable CA1031 // best effort: one that cannot be deleted must not keep the others
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            AssistantsLog.NotDeleted(logger, exception, "assistant", id);
            return false;
        }
    }
}

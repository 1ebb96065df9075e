using System.ClientModel;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Sdk = OpenAI.Assistants;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>The assistants that one client made: each when it is first needed, all deleted on clean-up.</summary>
internal sealed class AssistantCatalog(Sdk.AssistantClient client, string? fixedId, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, MadeAssistant> _made = new(StringComparer.Ordinal);

    /// <summary>An assistant for the request, made now if there is none that fits.</summary>
    public async Task<MadeAssistant> GetAsync(AssistantSpec spec, CancellationToken cancellationToken)
    {
        if (fixedId is not null)
        {
            return new MadeAssistant(fixedId, null);
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_made.TryGetValue(spec.Key, out var known))
            {
                return known;
            }

            var options = spec.ForAssistant();
            options.Metadata[AssistantOwner.OwnerKey] = AssistantOwner.Current.ToString();
            options.Metadata[AssistantOwner.CreatedKey] = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            Sdk.Assistant assistant = await client.CreateAssistantAsync(spec.Model, options, cancellationToken);
            return _made[spec.Key] = new MadeAssistant(assistant.Id, spec);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Somebody deleted it on the server. False when it was not ours, so that a new one cannot take its place.</summary>
    public async Task<bool> ForgetAsync(MadeAssistant assistant, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            foreach (var (key, known) in _made)
            {
                if (known.Id == assistant.Id)
                {
                    return _made.Remove(key);
                }
            }

            return assistant.Made is not null; // another call has forgotten it already
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task DeleteAllAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            foreach (var (key, assistant) in _made.ToList())
            {
                if (await DeleteAsync(assistant.Id, cancellationToken))
                {
                    _made.Remove(key);
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAssistantAsync(id, cancellationToken);
            return true;
        }
        catch (ClientResultException gone) when (gone.Status is 404 or 410)
        {
            return true;
        }
#pragma warning disable CA1031 // best effort: the janitor of a later start finds what is left
        catch (Exception exception)
#pragma warning restore CA1031
        {
            AssistantsLog.NotDeleted(logger, exception, "assistant", id);
            return false;
        }
    }
}

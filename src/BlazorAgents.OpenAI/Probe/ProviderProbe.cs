using System.Globalization;
using System.Runtime.CompilerServices;
using BlazorAgents.OpenAI.Chat;
using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Probe;

/// <summary>Finds out what a provider can do, with small real calls: a few hundred tokens in all, at most 15 s for each capability.</summary>
public sealed class ProviderProbe
{
    private const int AtOnce = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);
    private static readonly HashSet<Capability> s_runToTheEnd = [Capability.Background, Capability.Conversations, Capability.VectorStores, Capability.Assistants];

    private readonly TimeProvider _time;
    private readonly ProbeWords _words;
    private readonly Dictionary<Capability, Func<CancellationToken, Task<ProbeOutcome>>> _tests;

    /// <summary>A probe of the provider behind <paramref name="clients"/>.</summary>
    /// <exception cref="Agents.AgentException">The offline model has not started yet.</exception>
    public ProviderProbe(ProviderClients clients, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(clients);
        _time = time;
        var (connection, info) = (clients.Connection, clients.Info);
        _words = new ProbeWords(connection.Errors);

        // Without retries: a test shows what happens, and the person can repeat it.
        var chat = new ChatProbe(new OpenAIChatClient(connection.Client, connection.Profile, info.DefaultModelId, connection.Errors));
        var resources = new ResourceProbe(new ProbeWire(connection, _words), info.ResponsesModelId, info.Kind, time);
        _tests = new()
        {
            [Capability.Streaming] = chat.StreamAsync,
            [Capability.Tools] = chat.CallToolAsync,
            [Capability.ParallelTools] = chat.CallToolsAtOnceAsync,
            [Capability.Vision] = chat.SeeAsync,
            [Capability.JsonSchema] = chat.FollowSchemaAsync,
            [Capability.Responses] = resources.RespondAsync,
            [Capability.Conversations] = resources.ConverseAsync,
            [Capability.Background] = resources.RespondInBackgroundAsync,
            [Capability.VectorStores] = resources.StoreVectorsAsync,
            [Capability.Embeddings] = resources.EmbedAsync,
            [Capability.Assistants] = resources.AssistAsync,
        };
    }

    /// <summary>
    /// Tests every capability once and gives each result as it comes. A server that cannot be reached or refuses the key is asked only
    /// once. When cancelled, what the tests made on the server is still removed before the enumeration ends.
    /// </summary>
    public async IAsyncEnumerable<CapabilityResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var first = await TestAsync(Capability.Streaming, cancellationToken);
        yield return Result(Capability.Streaming, first);
        var others = Enum.GetValues<Capability>().Where(capability => capability != Capability.Streaming).ToList();
        if (first.IsFinal)
        {
            foreach (var capability in others)
            {
                yield return Result(capability, ProbeOutcome.Unknown("Not tested, because the first test failed."));
            }

            yield break;
        }

        using var slots = new SemaphoreSlim(AtOnce);
        var running = others.ConvertAll(capability => TestInSlotAsync(capability, slots, cancellationToken));
        try
        {
            await foreach (var done in Task.WhenEach(running))
            {
                yield return await done;
            }
        }
        finally
        {
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<CapabilityResult> TestInSlotAsync(Capability capability, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            return Result(capability, await TestAsync(capability, cancellationToken));
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<ProbeOutcome> TestAsync(Capability capability, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(s_limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, s_runToTheEnd.Contains(capability) ? default : cancellationToken);
        try
        {
            return await _tests[capability](either.Token);
        }
#pragma warning disable CA1031 // every fault of a stranger's server is a result
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            return ProbeOutcome.Unknown(string.Create(CultureInfo.InvariantCulture, $"No answer within {s_limit.TotalSeconds:0} seconds."));
        }
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return _words.FromException(exception);
        }
    }

    private CapabilityResult Result(Capability capability, ProbeOutcome outcome) => new(capability, outcome.Support, outcome.Detail, _time.GetUtcNow());
}

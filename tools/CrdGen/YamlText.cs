using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;

namespace ScimOperator.CrdGen;

/// <summary>Writes a mapping as YAML: the same input gives the same bytes on every machine.</summary>
internal static class YamlText
{
    /// <summary>YAML of one document, lines ended by a line feed.</summary>
    internal static string Write(YamlMap document) =>
        new SerializerBuilder()
            .WithQuotingNecessaryStrings()
            .DisableAliases()
            .WithNewLine("\n")
            .WithEventEmitter(next => new LiteralLines(next))
            .Build()
            .Serialize(document);

    /// <summary>Text of several lines is a literal block, so that a change of one line is a diff of one line.</summary>
    private sealed class LiteralLines(IEventEmitter next) : ChainedEventEmitter(next)
    {
        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Value is string text && text.Contains('\n', StringComparison.Ordinal))
            {
                eventInfo.Style = ScalarStyle.Literal;
            }

            base.Emit(eventInfo, emitter);
        }
    }
}

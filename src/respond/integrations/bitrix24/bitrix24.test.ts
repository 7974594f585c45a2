import { keepsTheContract } from '../system.contract.ts'
import { bitrix24 } from './bitrix24.ts'
import { bitrix24StandIn } from './stand-in.testing.ts'

keepsTheContract(bitrix24, bitrix24StandIn)
